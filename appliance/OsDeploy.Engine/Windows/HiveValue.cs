namespace OsDeploy.Windows;

/// <param name="Name">Empty: the key's own value.</param>
internal sealed record HiveValue(string Name, RegistryData Data)
{
    /// <summary>Bytes. What is longer lies in several cells since Windows XP, which libhivex reads but does not write.</summary>
    public const int MostInOneCell = 16344;

    public bool Is(string name) => string.Equals(Name, name, StringComparison.OrdinalIgnoreCase);
}
