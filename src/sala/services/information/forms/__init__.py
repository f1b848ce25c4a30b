"""What people are asked, by who is asked. Import the modules, not this package."""
