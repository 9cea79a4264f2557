"""Who is at the other end: passwords, sessions, sign-in, and the wrapper that guards every callback."""
