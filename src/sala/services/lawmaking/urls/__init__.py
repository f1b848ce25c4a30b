"""Addresses of lawmaking, one module and one namespace for each kind of matter."""
