/**
 * Which test files prove which suite of the reliability programme. What each suite promises stands in
 * test/reliability/README.md. A file may prove several suites; it runs once.
 */
export const SUITES: Readonly<Record<string, readonly string[]>> = {
  'T-model-mem': ['test/reliability/model.test.ts', 'test/dunning/evaluate.test.ts'],
  'T-model-db': ['test/reliability/model.test.ts'],
  'T-model-conc': ['test/reliability/model-concurrent.test.ts'],
  'T-kill': ['test/reliability/kill.test.ts'],
  'T-db': ['test/reliability/database-faults.test.ts', 'test/reliability/failover.test.ts'],
  'T-idem': ['test/foundation/idempotency.test.ts'],
  'T-race': ['test/cash/races.test.ts', 'test/credit/checks.test.ts'],
  'T-dun': ['test/dunning/exactly-once.test.ts'],
  'T-sched': ['test/reliability/slots.test.ts'],
  'T-time': ['test/sandbox/time-zones.test.ts'],
  'T-hook': ['test/webhooks/load.test.ts', 'test/events/rebuild.test.ts'],
  'T-ssrf': ['test/webhooks/ssrf.test.ts'],
  'T-fuzz': ['test/reliability/fuzz.test.ts'],
  'T-idor': ['test/reliability/foreign-ids.test.ts'],
  'T-jwt': ['test/foundation/access/verify-token.test.ts'],
  'T-file': ['test/cash/bank/poison.test.ts'],
  'T-leak': ['test/foundation/secrets.test.ts'],
  'T-schema': ['test/reliability/refused-states.test.ts'],
  'T-deploy': ['test/foundation/migrations.test.ts', 'test/reliability/upgrade.test.ts'],
  'T-drain': ['test/reliability/drain.test.ts'],
  'T-mut': ['test/reliability/coverage.test.ts'],
  'T-load': ['test/reliability/database-faults.test.ts'],
  'T-pitr': ['test/reliability/restore.test.ts'],
}
