using OsDeploy.Windows;

namespace OsDeploy.Personalisation;

/// <summary>All that is to be done on one volume. Making it writes nothing.</summary>
internal sealed class VolumePlan
{
    /// <summary>In their order.</summary>
    public List<FileStep> Files { get; } = [];

    /// <summary>In their order.</summary>
    public List<RegistryEdit> Registry { get; } = [];

    public List<string> Warnings { get; } = [];

    public void Write(string path, byte[] content, string what, FileAccessKind access = FileAccessKind.Everyone) => Files.Add(new WriteStep(path, what, content, null, access));

    public void Copy(PersonalFile file, string path, string what) => Files.Add(new WriteStep(path, what, null, file, FileAccessKind.Everyone));

    public void Remove(string path, string why) => Files.Add(new RemoveStep(path, why));

    public void Set(string key, string name, RegistryType type, byte[]? data) => Registry.Add(new RegistryEdit(key, false, [new RegistryValueEdit(name, type, data)]));
}

internal enum FileAccessKind
{
    /// <summary>Read by every account.</summary>
    Everyone,

    /// <summary>As <see cref="Everyone"/>, and run.</summary>
    Program,

    /// <summary>Read by the system and its administrators alone; its content is never shown.</summary>
    Secret,
}

/// <param name="Path">With slashes, from the root of the volume.</param>
internal abstract record FileStep(string Path, string What);

/// <param name="Content">Null: <paramref name="File"/> has it.</param>
internal sealed record WriteStep(string Path, string What, byte[]? Content, PersonalFile? File, FileAccessKind Access) : FileStep(Path, What);

/// <summary>Nothing happens if it is not there.</summary>
internal sealed record RemoveStep(string Path, string What) : FileStep(Path, What);

/// <summary>A symbolic link.</summary>
internal sealed record LinkStep(string Path, string What, string Target) : FileStep(Path, What);

/// <summary>One difference that personalisation makes, as people read it.</summary>
/// <param name="Partition"><see cref="Volume.NameOf"/></param>
/// <param name="Action"><c>write</c>, <c>remove</c>, <c>set</c> or <c>run</c>.</param>
/// <param name="Where">Path, or key and value of a registry.</param>
/// <param name="What">Why, or the value; secrets are named, never shown.</param>
public sealed record PersonalChange(string Partition, string Action, string Where, string What);
