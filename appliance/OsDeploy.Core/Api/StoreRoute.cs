using System.Text;

namespace OsDeploy.Api;

/// <summary>One thing a store can be asked for by HTTP. Both ends are built from the same values of <see cref="StoreApi"/>.</summary>
/// <param name="Template">Path with <c>{name}</c> for each value, from the root of the server.</param>
/// <param name="MaxBody">Bytes a request may carry; the server refuses more with 413.</param>
public sealed record StoreRoute(string Method, string Template, long MaxBody)
{
    private readonly string[] _parts = Template.Split('{', '}');

    /// <summary>How long one answer may take before the agent believes it lost and asks again.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(1);

    /// <param name="values">Hexadecimal numbers, one per <c>{name}</c>: they need no escaping.</param>
    public string PathOf(params ReadOnlySpan<string> values)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(values.Length, _parts.Length / 2);
        var path = new StringBuilder(Template.Length + (values.Length * 64));
        for (var i = 0; i < _parts.Length; i++)
        {
            path.Append(i % 2 == 0 ? _parts[i] : values[i / 2]);
        }

        return path.ToString();
    }
}
