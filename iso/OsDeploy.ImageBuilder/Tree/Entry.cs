namespace OsDeploy.ImageBuilder.Tree;

/// <summary>What lies under one name of the client's root; all of it belongs to root.</summary>
internal abstract record Entry
{
    private Entry()
    {
    }

    internal sealed record Folder : Entry;

    /// <param name="Target">As a program on the PC sees it.</param>
    internal sealed record Link(string Target) : Entry;

    /// <param name="Source">On this computer.</param>
    internal sealed record Copied(string Source, bool IsProgram) : Entry;

    internal sealed record Written(byte[] Content, bool IsProgram) : Entry;

    /// <summary>Of characters: the kernel opens one for the first program before anything is mounted.</summary>
    internal sealed record Device(int Major, int Minor) : Entry;
}
