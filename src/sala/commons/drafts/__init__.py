"""What people write before it is sent: one question a page, kept under a secret; and what shows who sent it."""
