"""Training and auditable assessment of peer support specialists, inside Open edX."""
