"""What everyone may read of what people tell: covered, set aside, decided with a reason, appealed against."""
