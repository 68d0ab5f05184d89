"""What is closed, asked of the live site by somebody who is not logged in."""
