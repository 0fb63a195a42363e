"""Print shops: `content/shops/` is read and checked; the profiles of presses."""
