using OsDeploy.Text;

namespace OsDeploy.Storage.Documents;

/// <summary>Reads everything there is in a database file.</summary>
internal static class StoreCheck
{
    /// <returns>What is wrong, in sentences.</returns>
    public static IReadOnlyList<string> Of(string path)
    {
        var faults = new List<string>();
        try
        {
            using var connection = Connection.Open(path, isReadOnly: true);
            faults.AddRange(connection.Texts("pragma integrity_check").Where(fault => fault != "ok").Select(fault => $"The file is damaged: {Printable.Of(fault)}."));
            foreach (var collection in connection.Texts(Sql.SelectCollections))
            {
                faults.AddRange(FaultsIn(connection, Sql.Collection(collection)));
            }
        }
        catch (UserErrorException e) when (e.InnerException is SqliteException)
        {
            faults.Add(e.Message);
        }

        return faults;
    }

    private static IEnumerable<string> FaultsIn(Connection connection, string collection) => connection
        .Query($"select id, json from \"{collection}\"", row => DocumentJson.IsValid(row.Utf8(1)) ? null : row.Text(0))
        .Where(id => id is not null)
        .Select(id => $"The document {collection}/{Printable.Of(id)} is not JSON.");
}
