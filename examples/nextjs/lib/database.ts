import { Pool } from 'pg'

// The PostgreSQL database that Bellhop uses: postgresql://user:password@host:5432/name
export const database = new Pool({ connectionString: process.env.DATABASE_URL })
