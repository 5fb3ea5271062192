"""What trainees make: drafts, reflections, recordings and submissions.

Who rates them is not known here.
"""
