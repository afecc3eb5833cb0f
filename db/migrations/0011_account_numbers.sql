-- The first digits of a number find an account among hundreds of thousands, whatever the collation.
create index accounts_number_prefix on accounts (number text_pattern_ops);
