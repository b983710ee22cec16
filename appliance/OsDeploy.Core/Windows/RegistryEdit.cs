namespace OsDeploy.Windows;

/// <summary>What is to be done with one key of a Windows registry.</summary>
/// <param name="Key">With its root, as <c>HKEY_LOCAL_MACHINE\SOFTWARE\School</c>.</param>
/// <param name="IsDeleted">It goes, with all that is in it; then there are no values here.</param>
public sealed record RegistryEdit(string Key, bool IsDeleted, IReadOnlyList<RegistryValueEdit> Values);

/// <param name="Name">Empty: the key's own value.</param>
/// <param name="Data">As it lies in a hive: texts in UTF-16 with their end, numbers from their low byte on. Null: the value goes.</param>
public sealed record RegistryValueEdit(string Name, RegistryType Type, byte[]? Data);

/// <summary>Types that Windows itself gives a meaning (Microsoft, "Registry Value Types"); a hive may hold any other number.</summary>
public enum RegistryType
{
    None = 0,
    Text = 1,
    ExpandedText = 2,
    Binary = 3,
    Number = 4,
    BigEndianNumber = 5,
    Link = 6,
    Texts = 7,
    LongNumber = 11,
}
