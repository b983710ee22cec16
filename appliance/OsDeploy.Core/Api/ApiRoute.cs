using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Serialization.Metadata;

namespace OsDeploy.Api;

/// <summary>One thing a server can be asked for by HTTP. Both ends, the authorisation and the OpenAPI document are built from the same values (<see cref="ApiTable"/>).</summary>
/// <param name="Template">Path with <c>{name}</c> for each value, from the root of the server.</param>
/// <param name="MaxBody">Bytes a request may carry; the server refuses more with 413.</param>
/// <param name="Access">Who may ask. There is no default: a route says it.</param>
public record ApiRoute(string Method, string Template, long MaxBody, Access Access)
{
    private readonly string[] _parts = Template.Split('{', '}');

    /// <summary>How long one answer may take before the agent believes it lost and asks again.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>JSON in the body; null: none, or bytes.</summary>
    public virtual JsonTypeInfo? BodyType => null;

    /// <summary>JSON in the answer; null: none, or bytes.</summary>
    public virtual JsonTypeInfo? AnswerType => null;

    /// <summary>Names in <see cref="Template"/>, in order.</summary>
    public IEnumerable<string> Parameters => _parts.Where((_, i) => i % 2 == 1);

    /// <param name="values">One per <c>{name}</c>; escaped here.</param>
    public string PathOf(params ReadOnlySpan<string> values)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(values.Length, _parts.Length / 2);
        var path = new StringBuilder(Template.Length + (values.Length * 64));
        for (var i = 0; i < _parts.Length; i++)
        {
            path.Append(i % 2 == 0 ? _parts[i] : Uri.EscapeDataString(values[i / 2]));
        }

        return path.ToString();
    }
}

/// <summary>A route whose body and answer are JSON. <see cref="Nothing"/> stands for an empty one (204).</summary>
public sealed record ApiRoute<TBody, TAnswer>(
    string Method, string Template, Access Access, JsonTypeInfo<TBody>? Body, JsonTypeInfo<TAnswer>? Answer, long MaxBody = ApiLimits.MaxJson)
    : ApiRoute(Method, Template, Body is null ? 0 : MaxBody, Access)
{
    public override JsonTypeInfo? BodyType => Body;

    public override JsonTypeInfo? AnswerType => Answer;

    public HttpContent? ContentOf(TBody body) => Body is null ? null : JsonContent.Create(body, Body);
}

/// <summary>No body, or no answer.</summary>
public readonly record struct Nothing;

/// <summary>Limits all routes share.</summary>
public static class ApiLimits
{
    /// <summary>Bytes of an ordinary JSON body.</summary>
    public const long MaxJson = 256 << 10;
}
