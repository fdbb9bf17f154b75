"""Engines, transactions and the schema; what differs between SQLite and PostgreSQL."""
