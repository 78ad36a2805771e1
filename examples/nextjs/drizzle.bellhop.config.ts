// For `drizzle-kit pull`: types of Bellhop's tables in a schema of their own. The app itself needs no Drizzle.
export default {
  dialect: 'postgresql',
  schemaFilter: ['bellhop'],
  tablesFilter: ['clerk_*'],
  out: './src/bellhop',
  dbCredentials: { url: process.env.DATABASE_URL },
}
