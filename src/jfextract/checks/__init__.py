"""TO FILL"""
