namespace OsDeploy.Storage.Documents;

/// <summary>
/// Runs what a file has not been through. All of it is one transaction: after a failure the program that wrote the file can still
/// open it.
/// </summary>
internal static class Migrations
{
    /// <exception cref="UserErrorException"><c>data-too-new</c>, <c>data-damaged</c></exception>
    /// <exception cref="ArgumentException">The versions do not ascend from 1.</exception>
    public static void Run(string path, Database database, IReadOnlyList<Migration> migrations)
    {
        var newest = NewestOf(migrations);
        var version = database.Query("pragma user_version", row => row.Number(0))[0];
        if (version > newest)
        {
            throw DataErrors.TooNew(path, version, newest);
        }

        if (version == newest)
        {
            return;
        }

        _ = database.Transact(transaction =>
        {
            var step = new MigrationStep(database, transaction, path);
            foreach (var migration in migrations.Where(migration => migration.Version > version))
            {
                migration.Apply(step);
            }

            return transaction.Write($"pragma user_version={newest}");
        });
    }

    private static int NewestOf(IReadOnlyList<Migration> migrations)
    {
        var newest = 0;
        foreach (var migration in migrations)
        {
            newest = migration.Version > newest
                ? migration.Version
                : throw new ArgumentException($"Migration {migration.Version} comes after {newest}.", nameof(migrations));
        }

        return newest;
    }
}
