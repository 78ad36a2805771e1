import type { NextConfig } from 'next'

const config: NextConfig = {
  // This folder contains the whole app.
  outputFileTracingRoot: __dirname,
}

export default config
