/**
 * An amount as people read it, such as "€1,200.00".
 *
 * @param amount in the currency's smallest unit
 * @param currency by its code, such as EUR
 */
export function moneyWords(amount: number, currency: string): string {
  try {
    const format = new Intl.NumberFormat('en-GB', { style: 'currency', currency });
    return format.format(amount / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
  } catch {
    // No code of a currency: shown as it came, with the digits of most.
    return `${(amount / 100).toFixed(2)} ${currency}`;
  }
}
