"""What an analyst does in a notebook: open a project, ask what if, look at the result, put it into a DataFrame."""
