"""The desk: what the admin pages of all records share. Upper apps bring their kinds, these rooms the editing."""
