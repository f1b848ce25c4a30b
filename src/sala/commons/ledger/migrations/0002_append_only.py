# What is recorded stays recorded: the database itself refuses to change or delete entries and leaves.
# The one exception serves a restore into another database, whose transaction numbers mean nothing here:
# the sequencer may set an entry's transaction number to 0 ("from before"), and nothing else of it.

from django.db import migrations

APPEND_ONLY = """
CREATE FUNCTION ledger_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND TG_TABLE_NAME = 'ledger_entry' THEN
        IF NEW.txid = '0'::xid8
           AND (NEW.id, NEW.kind, NEW.matter, NEW.agency, NEW.area, NEW.occurred_at, NEW.body)
               IS NOT DISTINCT FROM
               (OLD.id, OLD.kind, OLD.matter, OLD.agency, OLD.area, OLD.occurred_at, OLD.body) THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'the ledger is append-only: no % on %', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END
$$;
CREATE TRIGGER ledger_entry_stays BEFORE UPDATE OR DELETE ON ledger_entry
    FOR EACH ROW EXECUTE FUNCTION ledger_append_only();
CREATE TRIGGER ledger_entry_is_kept BEFORE TRUNCATE ON ledger_entry
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_append_only();
CREATE TRIGGER ledger_leaf_stays BEFORE UPDATE OR DELETE ON ledger_leaf
    FOR EACH ROW EXECUTE FUNCTION ledger_append_only();
CREATE TRIGGER ledger_leaf_is_kept BEFORE TRUNCATE ON ledger_leaf
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_append_only();
-- Hashes do not compress, and a tile is read whole or not at all.
ALTER TABLE ledger_tile ALTER COLUMN hashes SET STORAGE EXTERNAL;
"""
AWAY = """
DROP TRIGGER ledger_leaf_is_kept ON ledger_leaf;
DROP TRIGGER ledger_leaf_stays ON ledger_leaf;
DROP TRIGGER ledger_entry_is_kept ON ledger_entry;
DROP TRIGGER ledger_entry_stays ON ledger_entry;
DROP FUNCTION ledger_append_only();
"""


class Migration(migrations.Migration):
    safe_because = "before the first release: no site runs yet"
    dependencies = [("ledger", "0001_initial")]

    operations = [migrations.RunSQL(APPEND_ONLY, AWAY)]
