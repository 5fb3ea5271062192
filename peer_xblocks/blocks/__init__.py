"""How a trainee meets an activity: one module a block, and what they share. Blocks never import
blocks.
"""
