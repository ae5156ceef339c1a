/** Where the service of this proof finds its database and its broker. */
export function serviceConfig(): { readonly databaseUrl: string; readonly brokerUrl: string } {
  const { DATABASE_URL = '', BROKER_URL = '' } = { ...process.env };
  return { databaseUrl: DATABASE_URL, brokerUrl: BROKER_URL };
}
