import { Pool } from 'pg'

// The same PostgreSQL that Bellhop keeps: postgresql://user:password@host:5432/name
export const database = new Pool({ connectionString: process.env.DATABASE_URL })
