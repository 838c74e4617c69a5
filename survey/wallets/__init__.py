"""The wallets in which customers take, see and spend their points."""
