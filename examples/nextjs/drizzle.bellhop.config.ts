// For `drizzle-kit pull`: types for Bellhop's tables in a separate schema. The app itself does not need Drizzle.
export default {
  dialect: 'postgresql',
  schemaFilter: ['bellhop'],
  tablesFilter: ['clerk_*'],
  out: './src/bellhop',
  dbCredentials: { url: process.env.DATABASE_URL },
}
