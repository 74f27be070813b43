/** Zoho's data centres, and the addresses that belong to each (platform-and-people.md 1.1). */

export type DataCenter = 'us' | 'eu' | 'in' | 'au' | 'cn' | 'jp' | 'ca' | 'sa';

export interface DataCenterAddresses {
  readonly server: string;
  readonly accountsServer: string;
  /** Where OAuth clients are registered. */
  readonly console: string;
}

const zoho = (domain: string): DataCenterAddresses => ({
  server: `https://salesiq.${domain}`,
  accountsServer: `https://accounts.${domain}`,
  console: `https://api-console.${domain}`,
});

/**
 * The six of the documented table; `ca` and `sa` stand only on Zoho's generic
 * OAuth page and in public clients (1.1), and the console of `sa` is written
 * nowhere: its address follows the pattern of the others.
 */
export const dataCenters: Readonly<Record<DataCenter, DataCenterAddresses>> = {
  us: zoho('zoho.com'),
  eu: zoho('zoho.eu'),
  in: zoho('zoho.in'),
  au: zoho('zoho.com.au'),
  cn: zoho('zoho.com.cn'),
  jp: zoho('zoho.jp'),
  ca: zoho('zohocloud.ca'),
  sa: zoho('zoho.sa'),
};
