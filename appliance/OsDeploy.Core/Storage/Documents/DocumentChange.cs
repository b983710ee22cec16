namespace OsDeploy.Storage.Documents;

/// <summary>A document was written or deleted, durably.</summary>
/// <param name="Rev">What it has now; of a deleted one, what it had.</param>
public readonly record struct DocumentChange(string Collection, string Id, long Rev, bool IsDeleted);
