# docker build -t talaria . && docker run -p 8642:8642 -v talaria:/data -e API_SERVER_KEY=choose-one talaria
FROM node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
# No package needs its install script: SQLite ships a binary, and this image provides Node.
RUN npm ci --ignore-scripts
COPY tsconfig.json tsconfig.build.json CHANGELOG.md SECURITY.md ./
COPY scripts ./scripts
COPY deploy ./deploy
COPY docs ./docs
COPY generated ./generated
COPY src ./src
RUN node scripts/build.ts && npm prune --omit=dev --ignore-scripts

FROM node:24-slim
# Listening beyond loopback requires a key: without API_SERVER_KEY the server exits with an error.
# `docker stop` kills after ten seconds. The server drains, ends its runs and stores their terminal events before.
ENV NODE_ENV=production API_SERVER_HOST=0.0.0.0 API_SERVER_SHUTDOWN_MS=5000 STORE_URL=sqlite:/data/talaria.db
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/generated ./generated
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
RUN mkdir /data && chown node:node /data && ln -s /app/dist/main.js /usr/local/bin/talaria
USER node
VOLUME /data
EXPOSE 8642
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.API_SERVER_PORT || 8642}/health`).then((reply) => process.exit(reply.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "dist/main.js"]
