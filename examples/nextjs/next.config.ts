import type { NextConfig } from 'next'

const config: NextConfig = {
  // This folder is the whole app, wherever it lies.
  outputFileTracingRoot: __dirname,
}

export default config
