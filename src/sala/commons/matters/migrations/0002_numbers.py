"""Numbers of matters: one sequence for each kind and Buddhist year, made when its first matter is opened."""

from django.db import migrations

# A sequence never makes filings wait for one another. Two first filings of a year at once: the later waits for
# the earlier's CREATE, finds the sequence there, and takes its next value.
FUNCTION = """
CREATE FUNCTION matters_next_number(letter text, year integer) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  name text := format('matters_number_%s_%s', letter, lpad(year::text, 2, '0'));
BEGIN
  IF letter !~ '^[a-z]$' OR year NOT BETWEEN 0 AND 99 THEN
    RAISE EXCEPTION 'no sequence for % %', letter, year;
  END IF;
  IF to_regclass(name) IS NULL THEN
    BEGIN
      EXECUTE format('CREATE SEQUENCE %I', name);
    EXCEPTION WHEN duplicate_table OR unique_violation THEN
      NULL;
    END;
  END IF;
  RETURN nextval(name::regclass);
END $$;
"""


class Migration(migrations.Migration):
    safe_because = "before the first release: no site runs yet"
    dependencies = [("matters", "0001_initial")]
    operations = [migrations.RunSQL(FUNCTION, "DROP FUNCTION matters_next_number(text, integer)")]
