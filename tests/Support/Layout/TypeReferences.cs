using System.Reflection;
using System.Reflection.Emit;

namespace Nitejar.Tests.Layout;

/// <summary>Reads which types a compiled type needs. Constants leave no trace: the compiler copies their values.</summary>
internal static class TypeReferences
{
    private const BindingFlags All =
        BindingFlags.Public
        | BindingFlags.NonPublic
        | BindingFlags.Instance
        | BindingFlags.Static
        | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<short, OpCode> OpCodesByValue = typeof(OpCodes)
        .GetFields()
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => code.Value);

    /// <summary>The types in its declaration, its members and their bodies, some of them more than once.</summary>
    public static IEnumerable<Type> Of(Type type) =>
        type.GetInterfaces()
            .Append(type.BaseType)
            .Concat(type.GetMembers(All).SelectMany(Of))
            .OfType<Type>()
            .SelectMany(Parts);

    private static IEnumerable<Type?> Of(MemberInfo member) =>
        member switch
        {
            FieldInfo field => [field.FieldType],
            MethodInfo method => InSignature(method)
                .Append(method.ReturnType)
                .Concat(InBody(method)),
            ConstructorInfo constructor => InSignature(constructor).Concat(InBody(constructor)),
            _ => [],
        };

    private static IEnumerable<Type?> InSignature(MethodBase method) =>
        method.GetParameters().Select(parameter => parameter.ParameterType);

    private static IEnumerable<Type?> InBody(MethodBase method) =>
        method.GetMethodBody() is { } body
            ? body
                .LocalVariables.Select(local => local.LocalType)
                .Concat(body.ExceptionHandlingClauses.Select(CaughtBy))
                .Concat(TokensIn(body.GetILAsByteArray()!).SelectMany(t => Resolve(method, t)))
            : [];

    private static Type? CaughtBy(ExceptionHandlingClause clause) =>
        clause.Flags == ExceptionHandlingClauseOptions.Clause ? clause.CatchType : null;

    private static IEnumerable<int> TokensIn(byte[] code)
    {
        for (var at = 0; at < code.Length; )
        {
            short value = code[at++];
            if (value == 0xFE)
            {
                value = (short)(0xFE00 | code[at++]);
            }

            var operand = OpCodesByValue[value].OperandType;
            if (
                operand
                is OperandType.InlineField
                    or OperandType.InlineMethod
                    or OperandType.InlineTok
                    or OperandType.InlineType
            )
            {
                yield return BitConverter.ToInt32(code, at);
            }

            at += SizeOf(operand, code, at);
        }
    }

    private static int SizeOf(OperandType operand, byte[] code, int at) =>
        operand switch
        {
            OperandType.InlineNone => 0,
            OperandType.ShortInlineBrTarget
            or OperandType.ShortInlineI
            or OperandType.ShortInlineVar => 1,
            OperandType.InlineVar => 2,
            OperandType.InlineI8 or OperandType.InlineR => 8,
            OperandType.InlineSwitch => 4 + 4 * BitConverter.ToInt32(code, at),
#pragma warning disable CS0618 // Nothing emits it, but it is a member.
            OperandType.InlinePhi => throw new ArgumentOutOfRangeException(nameof(operand)),
#pragma warning restore CS0618
            OperandType.InlineBrTarget
            or OperandType.InlineField
            or OperandType.InlineI
            or OperandType.InlineMethod
            or OperandType.InlineSig
            or OperandType.InlineString
            or OperandType.InlineTok
            or OperandType.InlineType
            or OperandType.ShortInlineR => 4,
            _ => throw new ArgumentOutOfRangeException(nameof(operand)),
        };

    private static IEnumerable<Type?> Resolve(MethodBase method, int token)
    {
        var member = method.Module.ResolveMember(
            token,
            method.DeclaringType!.GetGenericArguments(),
            method.IsGenericMethod ? method.GetGenericArguments() : null
        );
        return member switch
        {
            Type type => [type],
            MethodInfo { IsGenericMethod: true } generic =>
            [
                generic.DeclaringType,
                .. generic.GetGenericArguments(),
            ],
            _ => [member!.DeclaringType],
        };
    }

    /// <summary>A type with its element type and its arguments.</summary>
    private static IEnumerable<Type> Parts(Type type) =>
        type.HasElementType
            ? Parts(type.GetElementType()!)
            : type.GetGenericArguments().SelectMany(Parts).Prepend(type);
}
