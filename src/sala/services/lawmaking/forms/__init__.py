"""What people are asked in lawmaking, by who is asked. Import the modules, not this package."""
