"""Information requests (Official Information Act B.E. 2540): asked, answered, and what to do where they are not."""
