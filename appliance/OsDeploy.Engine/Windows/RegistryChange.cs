namespace OsDeploy.Windows;

/// <summary>One thing that becomes, or became, different in a registry.</summary>
/// <param name="Key">As it lies on the disk: with the number of its control set.</param>
/// <param name="ValueName">Empty: the key's own value. Null: the key itself, which is created or goes; its data are nothing.</param>
/// <param name="Before">Null: it was not there.</param>
/// <param name="After">Null: it is gone.</param>
public sealed record RegistryChange(string Key, string? ValueName, RegistryData? Before, RegistryData? After);

/// <summary>What a value holds.</summary>
/// <param name="Bytes">As they lie in a hive.</param>
public sealed record RegistryData(RegistryType Type, byte[] Bytes)
{
    public static RegistryData None { get; } = new(RegistryType.None, []);

    public bool Equals(RegistryData? other) => other is not null && Type == other.Type && Bytes.AsSpan().SequenceEqual(other.Bytes);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.Add(Type);
        hash.AddBytes(Bytes);
        return hash.ToHashCode();
    }
}
