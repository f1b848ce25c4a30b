"""The four services and the assessment; none imports another."""
