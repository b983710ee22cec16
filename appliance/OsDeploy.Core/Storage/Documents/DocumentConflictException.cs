using System.Globalization;

namespace OsDeploy.Storage.Documents;

/// <summary>Somebody else was quicker: the document is not as who wants to write it believes. Read it again, and decide again.</summary>
/// <param name="expected">The rev it should have had, or null: it should not have been there.</param>
/// <param name="actual">The rev it has, or null: it is gone.</param>
public sealed class DocumentConflictException(string collection, string id, long? expected, long? actual)
    : Exception(string.Create(CultureInfo.InvariantCulture, $"{collection}/{id}: rev {expected} expected, rev {actual} found (nothing: no document)."))
{
    public string Collection => collection;

    public string Id => id;

    public long? Expected => expected;

    public long? Actual => actual;
}
