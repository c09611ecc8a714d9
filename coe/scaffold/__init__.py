"""What a new repository and a new COE start from: values → text."""
