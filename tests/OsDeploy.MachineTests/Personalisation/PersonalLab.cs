using OsDeploy.MachineTests.Disks;
using OsDeploy.Personalisation;

namespace OsDeploy.MachineTests.Personalisation;

/// <summary>Files that a personality names, in memory, and what personalisation has said.</summary>
internal sealed class PersonalLab
{
    private readonly Dictionary<ContentId, byte[]> _content = [];

    public List<PersonalChange> Changes { get; } = [];

    public List<string> Warnings { get; } = [];

    /// <summary>How often secrets were asked for.</summary>
    public int Releases { get; private set; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ContentId Add(byte[] content)
    {
        var id = ContentId.Of(content);
        _content[id] = content;
        return id;
    }

    public PersonalFile File(PersonalFileKind kind, string path, string text, int? number = null)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(text);
        return new PersonalFile(kind, path, Add(bytes), bytes.Length, number is null ? null : 1, number);
    }

    public Personaliser Personaliser(Personality personality, PersonalSecrets? secrets = null) => new(
        personality,
        new PersonalContent((id, _) => Task.FromResult<Stream>(new MemoryStream(_content[id]))),
        _ =>
        {
            Releases++;
            return Task.FromResult(secrets ?? PersonalSecrets.None);
        },
        Changes.Add,
        Warnings.Add);

    public Task RunAsync(TestDisk disk, Personality personality, PersonalSecrets? secrets = null, bool isDryRun = false)
    {
        Changes.Clear();
        return Personaliser(personality, secrets).RunAsync(disk.Path, isDryRun, allowRemovable: false, Cancel);
    }
}
