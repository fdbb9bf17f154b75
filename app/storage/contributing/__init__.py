"""Submissions, API keys, rate limits and first answers to repeated requests."""
