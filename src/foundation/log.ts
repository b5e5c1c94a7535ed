import { type Logger, type LoggerOptions, pino } from 'pino'

/**
 * The one logger. Bodies are never logged; what may still carry a secret is redacted by path. `error` means that
 * somebody should look.
 */
export function createLog(level: string, destination?: { write(line: string): void }): Logger {
  const options: LoggerOptions = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    redact: {
      paths: [
        'authorization',
        'cookie',
        'secret',
        'password',
        'iban',
        'account_number',
        '*.secret',
        '*.password',
        '*.iban',
        '*.account_number',
        '*.authorization',
        '*.cookie',
        'req.headers.authorization',
        'req.headers.cookie',
        'req.headers["idempotency-key"]',
        'headers.authorization',
        'headers["idempotency-key"]',
      ],
      censor: '[redacted]',
    },
  }
  return destination === undefined ? pino(options) : pino(options, destination)
}
