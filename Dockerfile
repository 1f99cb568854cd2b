# syntax=docker/dockerfile:1
FROM node:24-trixie-slim AS packages
WORKDIR /app
ENV NEXT_TELEMETRY_DISABLED=1
COPY package.json package-lock.json ./
RUN npm ci --include=dev --no-audit --no-fund --ignore-scripts

FROM packages AS build
COPY . .
# The compilers are needed for the build alone, and npm leaves test tools that others could use: what is left runs the server and the
# operator's tools.
RUN node scripts/build.mjs \
  && npm prune --omit=dev --no-audit --no-fund --ignore-scripts \
  && rm -rf .next/cache .next/dev .next/types \
  && cd node_modules \
  && rm -rf @esbuild esbuild @next/swc-* @tailwindcss lightningcss* @typescript typescript @types tsx \
    @playwright playwright playwright-core @vitest vitest vite @rolldown rolldown @biomejs @axe-core axe-core

FROM node:24-trixie-slim
WORKDIR /app
ENV NODE_ENV=production NEXT_TELEMETRY_DISABLED=1 PORT=3000 HOST=0.0.0.0 DATA_DIR=/data
# pg_dump and its kin, for backup and restore of a league kept in PostgreSQL up to 17.
RUN apt-get update \
  && apt-get install -y --no-install-recommends postgresql-client-17 \
  && rm -rf /var/lib/apt/lists/*
# Nothing is installed from here on. The image's own user has the id 1000; the application belongs to root, so that the running server
# cannot change it.
RUN rm -rf /usr/local/lib/node_modules /opt/yarn-* /usr/local/bin/npm /usr/local/bin/npx /usr/local/bin/corepack /usr/local/bin/yarn /usr/local/bin/yarnpkg \
  && install -d -o 1000 -g 1000 -m 0700 /data \
  && printf '#!/bin/sh\nexec node /app/dist/sideline.js "$@"\n' > /usr/local/bin/sideline \
  && chmod 0755 /usr/local/bin/sideline
COPY --from=build /app/package.json /app/next.config.js ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/public ./public
COPY --from=build /app/.next ./.next
COPY --from=build /app/dist ./dist
USER 1000:1000
VOLUME /data
EXPOSE 3000
# Whether the process answers: a database out of reach is not mended by a restart, and /readyz tells whoever balances the load.
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 3000}/healthz`).then(r => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# Node itself is the container's first process, so SIGTERM reaches the server and it drains.
CMD ["node", "dist/server.js"]
