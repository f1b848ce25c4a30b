"""What people do together and what the state publishes; the public spine and what it stands on."""
