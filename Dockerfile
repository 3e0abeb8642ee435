# Built in one stage, run in another: no compiler and no development packages in what runs.
FROM node:20-slim AS build
WORKDIR /app
# better-sqlite3 is compiled where no binary of it fits.
RUN apt-get update && apt-get install -y --no-install-recommends make g++ python3 && rm -rf /var/lib/apt/lists/*
COPY package.json package-lock.json .npmrc tsconfig.json ./
COPY bin bin
COPY scripts scripts
COPY src src
# `npm ci` builds as well.
RUN npm ci && npm prune --omit=dev --ignore-scripts

FROM node:20-slim
ENV NODE_ENV=production \
    DATABASE_URL=sqlite:/data/covernote.db \
    HTTP_HOST=127.0.0.1 \
    HTTP_PORT=8080
WORKDIR /app
# git reads the archives that are mirrored.
RUN apt-get update && apt-get install -y --no-install-recommends git ca-certificates && rm -rf /var/lib/apt/lists/*
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY bin bin
COPY examples examples
RUN useradd --system --uid 10001 --home-dir /data covernote && install -d -o covernote -g covernote /data
USER covernote
VOLUME /data
WORKDIR /data
# Tells whether it ticks, reads its sources and sends: see docs/operations.md.
HEALTHCHECK --interval=60s --timeout=10s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.HTTP_PORT}/healthz`).then(r => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# Its first line holds node's flags. Without a shell in between, so that SIGTERM reaches it.
ENTRYPOINT ["/app/bin/covernote.js"]
CMD ["run"]
