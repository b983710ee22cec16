namespace OsDeploy.Storage.Documents;

/// <summary>A document as it lies in the store.</summary>
/// <param name="Rev">Counts its changes from 1. Given back with a change, it proves that nobody else was quicker.</param>
public readonly record struct Stored<T>(T Value, long Rev);
